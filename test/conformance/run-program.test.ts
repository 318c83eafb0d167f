import { Program } from '../../conformance/program';

const node = (script: string) => new Program(process.execPath, ['-e', script]);
const ECHO = 'require("readline").createInterface({ input: process.stdin }).on("line", line => console.log(JSON.stringify({ got: JSON.parse(line) })))';

test('each question gets its own answer, whether or not one waits for it', async () => {
  const program = node(ECHO);

  expect(await Promise.all([program.ask(1), program.ask({ a: 'line\nline' })])).toEqual([{ got: 1 }, { got: { a: 'line\nline' } }]);
  expect(await program.ask(3)).toEqual({ got: 3 });
  await program.close();
});

test('who waits when it ends is told what it said last', async () => {
  const program = node('console.error("no such bundle"); process.exit(4)');

  await expect(program.ask(1)).rejects.toThrow(/ended with status 4: no such bundle/);
  await expect(program.ask(2)).rejects.toThrow(/ended with status 4: no such bundle/);
  await program.close();
});

test('a program that there is not is named', async () => {
  const program = new Program('/nowhere/engine');

  await expect(program.ask(1)).rejects.toThrow('/nowhere/engine cannot run: spawn /nowhere/engine ENOENT');
  await program.close();
});
