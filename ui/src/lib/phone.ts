// Telephone numbers inside a text: a number that breaks over two lines is misread when it is dialled.

/** A run of figures in groups, as numbers are written: 01632 960199, +44 1632 960 199, 0808-157-0204. */
const NUMBER = /((?:\+\d|\(?0)[\d()]*(?:[ \u00a0.-]\(?\d[\d()]*)+|0\d{6,})/;

/** A text cut at its telephone numbers: every second piece is one. */
export function pieces(text: string): string[] {
  return text.split(new RegExp(NUMBER, "g")).flatMap((piece, index, all) => {
    // A short run, a date or an hour, is no number.
    if (index % 2 === 0 || piece.replace(/\D/g, "").length >= 7) return [piece];
    all[index + 1] = piece + (all[index + 1] ?? "");
    return [""];
  });
}
