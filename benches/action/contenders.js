// Who creates incidents, beside this package.

/** The same as the built-in type does it. */
export const AXIOS = "built-in's flow";

/** This package's requests by `fetch` alone. */
export const BARE = "fetch alone";
