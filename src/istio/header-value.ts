// Tabs are the only control characters that a header may have.
const PRINTABLE = /^[^\u0000-\u0008\u000A-\u001F\u007F]*$/;

const TEXT = String.raw`(?:[^)"\\]|\\.)*`;
const ARGUMENTS = String.raw`\( *(?:\[ *"|[^[ ])${TEXT}(?:" *, *"${TEXT})*(?:" *\] *)?\) *`;

/** Text with `%%` for a percent sign, and what Envoy puts in: `%NAME%`, `%NAME(argument)%` or `%NAME(["a", "b"])%`. */
const FORMAT = new RegExp(String.raw`^(?:[^%]|%%|%(?!%)[^%(]*(?:${ARGUMENTS})?%)*$`);

/** Refuses what Envoy does not take as the value of a header that it writes. */
export function checkHeaderValue(value: string, name: string): void {
  if (!PRINTABLE.test(value)) {
    throw new Error(`value of header '${name}' must have no control characters, got ${JSON.stringify(value)}`);
  }
  if (!FORMAT.test(value)) {
    throw new Error(`value of header '${name}' must have variables such as %HOSTNAME% or %REQ(:path)%, and %% for a percent sign, got '${value}'`);
  }
}
