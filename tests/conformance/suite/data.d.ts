/** What the suite cannot read where there are no files; `../data.js` makes it. */
declare const data: {
  // biome-ignore lint/suspicious/noExplicitAny: the cases are whatever a host may have
  templates: any;
  keys: {
    publicKey: string;
    private: Record<
      "PKCS#1" | "PKCS#8" | "encrypted",
      { privateKey: string; privateKeyPassword?: string }
    >;
  };
};
export default data;
