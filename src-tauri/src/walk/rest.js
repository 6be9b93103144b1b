// Whether the page has come to rest since the question `given[0]` was first put: nothing that it asked of the
// shell is still open, nothing that was typed waits to be given to it, its fonts are there, and some frames have
// been drawn since it last changed. The body of a function, put by the program's own demonstration and by the tests
// of the real window. A page looks complete before its lists are filled, and the web view has words before the
// screen shows them.
const FRAMES = 3;
const rest = (window.sharewellRest ??= (() => {
  const rest = { question: undefined, open: 0, frames: 0, drawing: false };
  const frame = () => {
    rest.frames += 1;
    rest.drawing = rest.frames <= FRAMES;
    if (rest.drawing) requestAnimationFrame(frame);
  };
  rest.begin = () => {
    rest.frames = 0;
    if (rest.drawing) return;
    rest.drawing = true;
    requestAnimationFrame(frame);
  };
  // Every question to the shell is a fetch.
  const fetched = window.fetch;
  window.fetch = async (...asked) => {
    rest.open += 1;
    rest.begin();
    const answered = () => {
      rest.open -= 1;
      rest.begin();
    };
    try {
      const answer = await fetched(...asked);
      answer.clone().arrayBuffer().then(answered, answered);
      return answer;
    } catch (broken) {
      answered();
      throw broken;
    }
  };
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  new MutationObserver(rest.begin).observe(document, all);
  return rest;
})());
if (rest.question !== given[0]) {
  rest.question = given[0];
  rest.begin();
}
const kept = !document.documentElement.hasAttribute("data-unsaved");
return kept && rest.open === 0 && rest.frames > FRAMES && document.fonts.status === "loaded";
