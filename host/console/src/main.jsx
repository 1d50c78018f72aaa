// Starts the page.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app.jsx";
import "./icons.js";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
