import { startFake } from "./fake";

startFake(new URLSearchParams(window.location.search));
await import("../src/main");
