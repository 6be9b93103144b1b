// Which child's file the page is about, so that an emergency begins with the child and not with a search.
import type { CaseId } from "./bindings";

class About {
  file = $state<CaseId | null>(null);

  /** The page is about this file, until the function it returns is called. */
  take(file: CaseId): () => void {
    this.file = file;
    return () => {
      if (this.file === file) this.file = null;
    };
  }
}

export const about = new About();
