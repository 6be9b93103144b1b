// Light, dark or high contrast, as the settings or the system ask. The style sheet knows only data-theme.
import type { Theme } from "./bindings";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");
let wanted: Theme = "system";

function apply(): void {
  const fromSystem = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
  document.documentElement.dataset["theme"] = wanted === "system" ? fromSystem : wanted;
}

dark.addEventListener("change", apply);
contrast.addEventListener("change", apply);

export function useTheme(theme: Theme): void {
  wanted = theme;
  apply();
}
