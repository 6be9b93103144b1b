import { defineConfig, mergeConfig } from "vitest/config";
import { config } from "./vite.config";

export default mergeConfig(
  config,
  defineConfig({
    resolve: { conditions: ["browser"] },
    test: {
      environment: "happy-dom",
      include: ["tests/**/*.test.ts"],
      // On a machine that is busy with other work a test takes as long as it takes; this only ends one that never does.
      testTimeout: 300_000,
      hookTimeout: 300_000,
    },
  }),
);
