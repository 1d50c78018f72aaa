// What the page takes of EUI beside its main door, where it has no types.
declare module "@elastic/eui/es/services/emotion/css" {
  import type { EmotionCache } from "@emotion/css";
  export const cache: EmotionCache;
}
declare module "@elastic/eui/es/components/icon/icon" {
  import type { ComponentType } from "react";
  export function appendIconComponentCache(icons: Record<string, ComponentType>): void;
}
declare module "@elastic/eui/es/components/icon/assets/*" {
  import type { ComponentType } from "react";
  export const icon: ComponentType;
}
