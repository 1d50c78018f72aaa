using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "suite", worker = .suite)]);

const suite :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "connector.wasm", wasm = embed "connector.wasm"),
  ],
  compatibilityDate = "2026-01-01",
);
