// A process of its own for one benchmark, which is its argument.

const { run } = await import(`./${process.argv[2]}.js`);
process.send?.(await run());
process.disconnect?.();
