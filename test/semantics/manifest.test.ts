import { Manifest } from '../../src/semantics/manifest';

enum Word { A = 'a' }
enum Status { FOUND = 302 }

interface Generated {
  readonly word: Word;
  readonly status?: Status;
  readonly list?: { readonly word: Word }[];
  readonly consecutive5XxErrors?: number;
}

test('a generated type is written with words, numbers and upstream\'s names', () => {
  // GIVEN, checked by the compiler
  const written: Manifest<Generated> = { word: 'a', status: 302, list: [{ word: 'a' }], consecutive5xxErrors: 5 };

  // THEN, enums are assignable to it
  const enums: Manifest<Generated> = { word: Word.A, status: Status.FOUND, list: [{ word: Word.A }], consecutive5xxErrors: 5 };
  expect(written).toEqual(enums);
});
