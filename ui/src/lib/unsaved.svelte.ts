// A save that was refused after somebody had gone to another page. What is wrong with it is told on the page that they
// left, which nobody sees: that it was not saved is told wherever they are.

class Unsaved {
  /** The page on which it was sent. */
  at = $state<string>();
}

export const unsaved = new Unsaved();
