import { mount } from "svelte";
import App from "./App.svelte";
import "./theme/tokens.css";
import "./theme/index.scss";

const target = document.getElementById("app");
if (target) mount(App, { target });
