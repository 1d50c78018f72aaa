/** Where a bundler has put the module, if it puts files beside the program (esbuild's loader `file`). */
declare const url: string;
export default url;
