import { defineConfig, mergeConfig } from "vitest/config";
import { config } from "./vite.config";

export default mergeConfig(
  config,
  defineConfig({
    resolve: { conditions: ["browser"] },
    test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
  }),
);
