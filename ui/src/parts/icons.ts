// Every icon of the window, drawn by us on a grid of 20. An icon never stands without its word.
type Shape =
  | { d: string }
  | { circle: [cx: number, cy: number, r: number] }
  | { rect: [x: number, y: number, width: number, height: number, rx: number] };

const path = (...ds: string[]): Shape[] => ds.map((d) => ({ d }));

export const icons = {
  search: [{ circle: [8.5, 8.5, 5] }, ...path("M12.5 12.5L17 17")],
  help: [{ circle: [10, 10, 7.5] }, ...path("M10 14.3v.01M7.7 7.7c.2-3 4.6-3 4.6 0 0 1.7-2.3 1.7-2.3 3.5")],
  lock: [{ rect: [4, 9, 12, 8.5, 1.5] }, ...path("M6.5 9V6.5a3.5 3.5 0 017 0V9")],
  warning: path("M10 3l8 14H2z", "M10 8.5v4M10 14.8v.01"),
  today: [{ rect: [3, 4, 14, 13, 2] }, ...path("M3 8h14M7 2v4M13 2v4M7 12l2 2 4-4")],
  child: [{ circle: [10, 6.5, 3.5] }, ...path("M3.5 17.5c.6-3.8 3.2-6 6.5-6s5.9 2.2 6.5 6")],
  request: path("M3 4h14v10H9l-4 3v-3H3z", "M10 11.5v.01M8.2 7.5c.2-2.2 3.6-2.2 3.6 0 0 1.2-1.8 1.2-1.8 2.2"),
  share: path("M11 4H4v12.5h12.5V10", "M9 11l8-8M12 3h5v5"),
  box: path("M3 6.5L10 3l7 3.5v7L10 17l-7-3.5z", "M3 6.5l7 3.5 7-3.5M10 10v7"),
  book: path(
    "M10 5.5C8.3 4.3 5.8 4 3 4v11.5c2.8 0 5.3.3 7 1.5 1.7-1.2 4.2-1.5 7-1.5V4c-2.8 0-5.3.3-7 1.5z",
    "M10 5.5V17",
  ),
  settings: path("M3 6h8M15 6h2M3 14h2M9 14h8", "M13 4v4M7 12v4"),
  tick: path("M4 10.5l4 4 8-9"),
  clock: [{ circle: [10, 10, 7.5] }, ...path("M10 5.5V10l3 2")],
  hidden: path("M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5z", "M4 16L16 4"),
  key: [{ circle: [6, 10, 3.5] }, ...path("M9.5 10H18M15.5 10v3.5")],
  phone: path("M6 3H3.5C3.5 10.5 9.5 16.5 17 16.5V14l-3.5-1.5-1.8 1.7c-2.3-1-4.9-3.6-5.9-5.9L7.5 6.5z"),
  print: path("M6 8V3h8v5", "M6 14H3.5V8h13v6H14", "M6 11.5h8V17H6z"),
  save: path("M10 3v9M6 8.5l4 4 4-4", "M3.5 16.5h13"),
  people: [
    { circle: [7, 7, 3] },
    { circle: [14, 8, 2.5] },
    ...path("M2 16.5c.5-3.3 2.5-5 5-5s4.5 1.7 5 5M13.5 12.5c2.3 0 3.9 1.3 4.5 4"),
  ],
  // The doors of a decision.
  badge: [
    { rect: [4, 5, 12, 12.5, 1.5] },
    { circle: [10, 10, 1.8] },
    ...path("M8 2.5h4V6H8z", "M7 15c.3-1.6 1.5-2.5 3-2.5s2.7.9 3 2.5"),
  ],
  heart: path("M10 16.8C5.5 13.7 3 11 3 8a3.7 3.7 0 017-1.8A3.7 3.7 0 0117 8c0 3-2.5 5.7-7 8.8z"),
  undo: path("M4 8h9a4 4 0 010 8H8", "M7.5 4.5L4 8l3.5 3.5"),
  moves: path("M3 16.5V8l5-4 5 4v8.5z", "M15 8.5h3M16.5 7l1.5 1.5-1.5 1.5"),
  chart: path("M3 17h14M5 14v-3M9 14V6.5M13 14V9M17 14V4"),
  onward: path("M7.5 4l6 6-6 6"),
} satisfies Record<string, Shape[]>;

export type IconName = keyof typeof icons;
export type { Shape };
