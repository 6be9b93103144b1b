import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const tauri = { group: ["@tauri-apps/*"], message: "Only ui/src/lib may speak to the shell." };
const pages = { group: ["@/pages/*", "**/pages/**"], message: "A part knows no page." };

export default ts.config(
  { ignores: ["dist/**", "**/lib/bindings.ts", "**/dist/**", "**/dist-marked/**"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "no-undef": "off",
      // Addresses are made by lib/addresses.ts; SvelteKit's resolver does not exist here.
      "svelte/no-navigation-without-resolve": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
  },
  {
    files: ["**/*.svelte"],
    rules: { "svelte/no-at-html-tags": "error", "svelte/no-inline-styles": "error" },
  },
  { files: ["**/pages/**"], rules: { "no-restricted-imports": ["error", { patterns: [tauri] }] } },
  { files: ["**/parts/**"], rules: { "no-restricted-imports": ["error", { patterns: [tauri, pages] }] } },
);
