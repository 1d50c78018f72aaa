// EUI's own styles have no types and no other way to their nonce.
declare module "@elastic/eui/es/services/emotion/css" {
  import type { EmotionCache } from "@emotion/css";
  export const cache: EmotionCache;
}
