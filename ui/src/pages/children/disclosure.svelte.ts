// The form that records what left. What a signed decision says stands in the boxes; what somebody did, made sure of or
// told stays theirs to say.
import {
  commands,
  type CheckChoice,
  type DisclosureInput,
  type FieldFailure,
  type LeftoverView,
  type LeftTyped,
  type ShareKnown,
} from "@/lib/bindings";
import { oneOf } from "@/lib/choose";
import { CHECKED_BY, ROUTES, TWICE } from "@/lib/closed_sets";
import { typedDay } from "@/lib/dates";
import { t } from "@/lib/words";
import { FileForm } from "./file_form.svelte";
import { noWhen, whenIds, type When } from "./when";

const FILLS = ["recipient", "recipient_role", "what", "why", "route"] as const;
type Filled = Record<(typeof FILLS)[number], string>;

const empty = () => ({
  decision: "",
  route: "",
  check: "",
  in_danger: false,
  happened: false,
  somebody_else: false,
  names_meant: false,
  as_decided: false,
  when: noWhen(),
  recipient: "",
  recipient_role: "",
  checked: "",
  what: "",
  why: "",
  limits: "",
});
type Typed = ReturnType<typeof empty>;

// A safety flag forbids to tell whoever received it: then it is asked whether that has happened.
function told({ field, code }: FieldFailure) {
  if (field === "names_meant") return { field, text: t("children.disclosure.names_protected") };
  if (field === "somebody_else") return { field, text: t("children.disclosure.may_be_flagged") };
  const forbidden = field === "recipient" && code === "flagged";
  return forbidden ? { field: "happened", text: t("children.disclosure.flagged") } : undefined;
}

function left(when: When): LeftTyped | null {
  if (when.known === "now") return { when: "now" };
  if (when.known !== "moment") return null;
  return { when: "at", on: typedDay(when.day), time: when.time, twice: oneOf(TWICE, when.twice) };
}

export class Disclosing extends FileForm<Typed> {
  /** Decisions to share that this can be the share of. */
  shares = $state.raw<ShareKnown[]>([]);
  /** How somebody can have made sure of who received it. */
  checks = $state.raw<CheckChoice[]>([]);
  /** What looks like somebody protected, until it is answered. */
  asked = $state.raw<LeftoverView[]>([]);
  /** The decision whose words stand in the boxes. */
  #filled: ShareKnown | undefined;

  /** It may be somebody whom a flag forbids to tell. */
  unsure = $derived(this.values.somebody_else || this.#toldOf("somebody_else"));
  flagged = $derived(this.unsure || this.values.happened || this.#toldOf("happened"));
  names = $derived(this.values.names_meant || this.#toldOf("names_meant"));
  /** How much goes by the decision that it rests on. */
  goes = $derived(this.#share()?.goes);

  constructor(params: Readonly<Record<string, string | undefined>>) {
    super(params, {
      empty: empty(),
      note: (id) => `disclosure:${id}`,
      words: "children.disclosure",
      ids: whenIds("at"),
      told,
      fill: async (view, values) => {
        const [known, ways] = await Promise.all([
          commands.sharesToRecord(view.case),
          commands.identityChecks(),
        ]);
        this.checks = ways;
        if (known.status === "ok") this.shares = known.data;
        const open = this.shares.filter((one) => one.open);
        if (open.length === 1 && open[0]) {
          values.decision = open[0].decision;
          this.#fill(values, open[0]);
        }
      },
    });
  }

  #toldOf(field: string): boolean {
    return this.problems.some((one) => one.field === field);
  }

  #share(): ShareKnown | undefined {
    return this.shares.find((one) => one.decision === this.values.decision);
  }

  /** What a decision says, in boxes that are empty or hold what another one said. */
  #fill(values: Filled, share: ShareKnown | undefined): void {
    for (const box of FILLS)
      if (values[box] === "" || values[box] === (this.#filled?.[box] ?? "")) values[box] = share?.[box] ?? "";
    this.#filled = share;
  }

  /** Another decision was chosen. */
  rests = (): void => {
    this.#fill(this.values, this.#share());
    this.typed();
  };

  record = async (): Promise<void> => {
    if (this.busy) return;
    const disclosure = this.#input();
    // The form rests from here on: what is looked up is what is saved.
    this.busy = true;
    const found = await commands.leftoversInShare(this.id, disclosure);
    this.busy = false;
    // Whatever could not be looked up holds nothing up.
    this.asked = found.status === "ok" ? found.data : [];
    if (this.asked.length === 0) this.save(() => commands.recordDisclosure(this.id, disclosure));
  };

  #input(): DisclosureInput {
    const { decision, route, check, when, ...typed } = $state.snapshot(this.values) as Typed;
    return {
      ...typed,
      decision: decision || null,
      as_decided: typed.as_decided && !!this.goes,
      route: oneOf(ROUTES, route),
      check: oneOf(CHECKED_BY, check),
      when: left(when),
    };
  }
}
