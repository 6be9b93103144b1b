// Which decision was signed a moment ago, so that its page says so once.
let just: string | undefined;

export const justSigned = (decision: string): void => {
  just = decision;
};

/** Whether this decision was signed a moment ago. Said once. */
export function wasJustSigned(decision: string): boolean {
  const was = just === decision;
  just = undefined;
  return was;
}
