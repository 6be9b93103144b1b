// PDF by pdf.js, held to what the window may do: no script of a document runs, no XFA is read, nothing is evaluated, no
// WebAssembly is compiled, and nothing is fetched. Fonts that a document does not bring, and character maps, stand in
// modules of our own and are handed over as bytes. What cannot be drawn so (JPEG 2000, JBIG2) is told.
import * as pdfjs from "pdfjs-dist/legacy/build/pdf.mjs";
import PdfWorker from "pdfjs-dist/legacy/build/pdf.worker.mjs?worker";

const MAPS = import.meta.glob<string>("@pdfjs/cmaps/*.bcmap", { query: "?inline", import: "default" });
const FONTS = import.meta.glob<string>("@pdfjs/standard_fonts/*.{pfb,ttf}", {
  query: "?inline",
  import: "default",
});

const named = (all: Record<string, () => Promise<string>>, name: string) =>
  Object.entries(all).find(([path]) => path.endsWith(`/${name}`))?.[1];

/** The bytes of a module that holds a file. */
async function bytesIn(load: (() => Promise<string>) | undefined): Promise<Uint8Array> {
  if (!load) throw new Error("unknown");
  const text = await load();
  return Uint8Array.from(atob(text.slice(text.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
}

/** What pdf.js asks for beside a document. */
class FromModules {
  fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    return bytesIn(named(kind === "cMapUrl" ? MAPS : FONTS, filename));
  }
}

export type Drawn = {
  /** What the page says. */
  text: string;
  /** A picture on it cannot be drawn here. */
  missing: boolean;
  /** The page cannot be drawn at all. */
  failed: boolean;
};

export type Open = {
  pages: number;
  draw: (page: number, on: HTMLCanvasElement, zoom: number) => Promise<Drawn>;
  /** A page as a PNG whose longer side has so many dots; nothing where something on it cannot be drawn. */
  picture: (page: number, longest: number) => Promise<Uint8Array | undefined>;
  close: () => Promise<void>;
};

type Opened = { status: "open"; document: Open } | { status: "refused"; why: "locked" | "broken" };

/** The most dots in a drawing: what a canvas takes everywhere. */
const MOST_DOTS = 16_000_000;
/** How wide a page is before anybody zooms, in the size of the text. */
const WIDE_REM = 46;

let worker: pdfjs.PDFWorker | undefined;
const theWorker = () => (worker ??= pdfjs.PDFWorker.create({ port: new PdfWorker() }));

export async function open(data: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const task = pdfjs.getDocument({
    // It is taken over by the worker, so it gets a copy.
    data: data.slice(),
    worker: theWorker(),
    // Older versions know the first of these; the newest never evaluates.
    isEvalSupported: false,
    useWasm: false,
    enableXfa: false,
    useWorkerFetch: false,
    BinaryDataFactory: FromModules,
    cMapUrl: "maps/",
    cMapPacked: true,
    standardFontDataUrl: "fonts/",
    useSystemFonts: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    disableWorkerRendering: true,
    canvasMaxAreaInBytes: 4 * MOST_DOTS,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  } as Parameters<typeof pdfjs.getDocument>[0]);
  try {
    const document = await task.promise;
    let running: { cancel: () => void } | undefined;
    return {
      status: "open",
      document: {
        pages: document.numPages,
        draw: async (number, on, zoom) => {
          running?.cancel();
          return drawn(document, number, on, zoom, (render) => (running = render));
        },
        picture: (number, longest) => picture(document, number, longest),
        close: () => task.destroy(),
      },
    };
  } catch (error) {
    void task.destroy();
    const locked = error instanceof Error && error.name === "PasswordException";
    return { status: "refused", why: locked ? "locked" : "broken" };
  }
}

async function drawn(
  document: pdfjs.PDFDocumentProxy,
  number: number,
  on: HTMLCanvasElement,
  zoom: number,
  runs: (render: { cancel: () => void }) => void,
): Promise<Drawn> {
  try {
    const page = await document.getPage(number);
    const rem = parseFloat(getComputedStyle(window.document.documentElement).fontSize);
    const plain = page.getViewport({ scale: 1 });
    const shown = (zoom * WIDE_REM * rem) / plain.width;
    const dots = shown * Math.min(window.devicePixelRatio || 1, 2);
    const bounded = Math.min(dots, Math.sqrt(MOST_DOTS / (plain.width * plain.height)));
    const viewport = page.getViewport({ scale: bounded });
    on.width = Math.floor(viewport.width);
    on.height = Math.floor(viewport.height);
    on.style.width = `${zoom * WIDE_REM}rem`;
    on.style.maxWidth = zoom > 1 ? "none" : "100%";
    // Annotations are drawn as they stand and never pressed: no link of a document leads anywhere.
    const render = page.render({ canvas: on, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE });
    runs(render);
    await render.promise;
    const [said, missing] = await Promise.all([text(page), lacks(page)]);
    return { text: said, missing, failed: false };
  } catch (error) {
    const stopped = error instanceof Error && error.name === "RenderingCancelledException";
    return { text: "", missing: false, failed: !stopped };
  }
}

async function picture(
  document: pdfjs.PDFDocumentProxy,
  number: number,
  longest: number,
): Promise<Uint8Array | undefined> {
  const page = await document.getPage(number);
  const plain = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: longest / Math.max(plain.width, plain.height) });
  const canvas = window.document.createElement("canvas");
  // However long a page is, its longer side has no more dots than this.
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  try {
    await page.render({ canvas, viewport, annotationMode: pdfjs.AnnotationMode.ENABLE }).promise;
    if (await lacks(page)) return undefined;
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined;
  } finally {
    // What was drawn goes at once.
    [canvas.width, canvas.height] = [0, 0];
  }
}

async function text(page: pdfjs.PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items
    .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
    .join("")
    .trim();
}

const PICTURES: number[] = [pdfjs.OPS.paintImageXObject, pdfjs.OPS.paintImageXObjectRepeat];

/** Whether a picture of the page could not be decoded. */
async function lacks(page: pdfjs.PDFPageProxy): Promise<boolean> {
  const list = await page.getOperatorList();
  const of = (at: number): unknown => (list.argsArray[at] as unknown[] | undefined)?.[0];
  return list.fnArray.some((what, at) => {
    const id = of(at);
    if (!PICTURES.includes(what) || typeof id !== "string") return false;
    const objects = id.startsWith("g_") ? page.commonObjs : page.objs;
    return !objects.has(id) || !objects.get(id);
  });
}
