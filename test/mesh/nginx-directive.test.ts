import { NginxDirective } from '../../src/mesh/nginx/nginx-directive';

describe('a value in the configuration of nginx', () => {
  test.each([
    ['plain', 'plain'],
    ['$variable', '$variable'],
    ['~*^websocket$', '~*^websocket$'],
    ['http://$upstream/', 'http://$upstream/'],
    ['', '""'],
    ['two words', '"two words"'],
    ['end;', '"end;"'],
    ['open{', '"open{"'],
    ['close}', '"close}"'],
    ['#comment', '"#comment"'],
    ["'single'", '"\'single\'"'],
    ['"double"', '"\\"double\\""'],
    ['back\\slash', '"back\\\\slash"'],
    ['" ; } server { return 200', '"\\" ; } server { return 200"'],
    ['\\"; return 200', '"\\\\\\"; return 200"'],
    ['ü', '"ü"'],
  ])('%s cannot be taken for anything else', (value, written) => {
    expect(NginxDirective.of('set', '$x', value).write()).toBe(`set $x ${written};\n`);
  });

  test.each(['a\nb', 'a\rb', 'a\tb', '\u0000', '\u007f'])('has no control characters: %j', value => {
    expect(() => NginxDirective.of('set', '$x', value).write())
      .toThrow(`a value of nginx's configuration must have no control characters, got ${JSON.stringify(value)}`);
  });

  test('may stand in blocks of blocks, and be a number', () => {
    const inner = NginxDirective.block('location', ['/'], [NginxDirective.of('return', 404)]);

    expect(NginxDirective.block('server', [], [inner]).write()).toBe('server {\n  location / {\n    return 404;\n  }\n}\n');
  });
});
