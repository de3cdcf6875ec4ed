// The WebAssembly side of `cargo xtask parity`: the commands and lines of the native side, `crates/conformance/src/bin/parity.rs`.

/** Carries out one command. `core` has the module's `digest`, `answers` and `cases`; `read` gives a file's text; `print` takes a line. */
export async function run(core, [command, ...words], { read, print }) {
  if (command === 'digests') await digests(core, words[0], words.slice(1).map(Number), print);
  else if (command === 'answers') await lines(core.answers(words[0], Number(words[1])), print);
  else if (command === 'cases') for (const file of words) await lines(core.cases(await read(file)), print);
  else throw new Error('digests GENERATOR FIRST BOOKS BLOCK | answers GENERATOR SEED | cases FILE...');
}

async function digests(core, generator, [first, books, block], print) {
  for (let at = first; at < first + books; at += block) {
    await print(await core.digest(generator, at, Math.min(block, first + books - at)));
  }
}

async function lines(text, print) {
  for (const line of (await text).split('\n')) await print(line);
}
