// The form that sets safety flags: each kind that is chosen on each person, for one reason or for their own.
import { commands, type FlagKind } from "@/lib/bindings";
import { FLAGS } from "@/lib/closed_sets";
import { fromDay, typedDay, type Boxes } from "@/lib/dates";
import { boxOf, sayings } from "@/lib/form";
import { everyone } from "./file";
import { FileForm } from "./file_form.svelte";

type Typed = {
  people: string[];
  kinds: string[];
  same: string;
  reason: string;
  /** By person and kind. */
  reasons: Record<string, string>;
  reviews: Record<FlagKind, Boxes>;
};

/** Where the reason for one flag on one person is kept. */
export const keyOf = (person: string, kind: string): string => `${person} ${kind}`;

export class SettingFlags extends FileForm<Typed> {
  /** The kinds that are chosen, in the order of the page. */
  kinds = $derived(FLAGS.filter((kind) => this.values.kinds.includes(kind)));
  /** Each flag that is set. */
  each = $derived(this.values.people.flatMap((person) => this.kinds.map((kind) => ({ person, kind }))));
  /** Where one flag alone is set, there is nothing to choose between. */
  own = $derived(this.each.length > 1 && this.values.same === "each");

  constructor(params: Readonly<Record<string, string | undefined>>) {
    const reviews = Object.fromEntries(FLAGS.map((kind) => [kind, fromDay(null)])) as Record<FlagKind, Boxes>;
    super(params, {
      empty: { people: [], kinds: [], same: "same", reason: "", reasons: {}, reviews },
      note: (id) => `flags:${id}`,
      words: "children.flag",
      // Each reason that is missing is told in the words for one.
      told: (fault) =>
        fault.field.startsWith("reasons.")
          ? { field: boxOf(fault.field), text: sayings({ ...fault, field: "reason" }, "children.flag") }
          : undefined,
      fill: async (view, values) => {
        for (const { person } of everyone(view))
          for (const kind of FLAGS) values.reasons[keyOf(person.id, kind)] = "";
        const suggested = await commands.flagReviews();
        if (suggested.status === "ok")
          for (const { kind, on } of suggested.data) values.reviews[kind] = fromDay(on);
      },
    });
  }

  set = (): void => {
    const { people, reason, reasons, reviews } = this.values;
    const flags = {
      people,
      kinds: this.kinds,
      same_reason: !this.own,
      reason,
      reasons: this.each.map((one) => ({ ...one, reason: reasons[keyOf(one.person, one.kind)] ?? "" })),
      reviews: this.kinds.map((kind) => ({ kind, on: typedDay(reviews[kind]) })),
    };
    this.save(() => commands.setFlags(this.id, flags));
  };
}
