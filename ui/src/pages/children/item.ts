// An entry as typed into boxes, and as the shell takes it.
import type { Item, ItemInput } from "@/lib/bindings";
import { oneOf } from "@/lib/choose";
import { MARKS, SOURCES } from "@/lib/closed_sets";
import { fromOccurred, noWhen, toWhen, whenIds, type When } from "./when";

export type ItemForm = {
  mark: string;
  text: string;
  by: string;
  source: string;
  when: When;
  about: string[];
  /** A line of a visit. */
  of_visit: boolean;
};

/** Nothing is chosen beforehand. */
export const emptyItem = (): ItemForm => ({
  mark: "",
  text: "",
  by: "",
  source: "",
  when: noWhen(),
  about: [],
  of_visit: false,
});

/** The boxes for the shell's names of fields. */
export const ITEM_IDS = whenIds("occurred");

/** As the boxes show it. */
export const fromItem = ({ mark, text, source, occurred, by = "", about = [], visit }: Item): ItemForm => ({
  mark,
  text,
  by,
  source,
  when: fromOccurred(occurred),
  about,
  of_visit: Boolean(visit),
});

/** The entry as the shell takes it. A correction changes what is on the page and leaves the labels alone. */
export const toItem = ({ mark, source, text, by, about, when }: ItemForm, labels: string[]): ItemInput => ({
  mark: oneOf(MARKS, mark),
  source: oneOf(SOURCES, source),
  occurred: toWhen(when),
  text,
  by,
  about,
  labels,
});
