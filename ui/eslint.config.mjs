import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const tauri = { group: ["@tauri-apps/*"], message: "Only ui/src/lib may speak to the shell." };
// Whoever waited for a page has perhaps gone to another one: nobody is taken from there.
const moves = {
  selector:
    ":function[async=true] CallExpression[callee.object.name='router'][callee.property.name=/^(go|back|arrive)$/]",
  message: "Who waited may have gone elsewhere: take router.here() before the wait, and move that.",
};
// An answer may come after a later one, and after the page has gone.
const answers = {
  selector:
    "CallExpression[callee.name='$effect'] CallExpression[callee.property.name='then'][callee.object.callee.object.name='commands']",
  message: "Only the last answer counts: ask through asking() of lib/asked.",
};
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
  { files: ["**/src/**"], rules: { "no-restricted-syntax": ["error", moves, answers] } },
  { files: ["**/pages/**"], rules: { "no-restricted-imports": ["error", { patterns: [tauri] }] } },
  { files: ["**/parts/**"], rules: { "no-restricted-imports": ["error", { patterns: [tauri, pages] }] } },
);
