// Light, dark or high contrast, as the settings or the system ask. The style sheet knows only data-theme.

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");
let wanted: string = "system";

function apply(): void {
  const fromSystem = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
  const known = wanted === "light" || wanted === "dark" || wanted === "contrast";
  document.documentElement.dataset["theme"] = known ? wanted : fromSystem;
}

dark.addEventListener("change", apply);
contrast.addEventListener("change", apply);

export function useTheme(theme: string): void {
  wanted = theme;
  apply();
}
