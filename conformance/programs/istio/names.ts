/** The namespace of what a program is about. In a world with others, a number is put after it wherever it stands. */
export const HOME = 'shop';
/** Another namespace. */
export const OTHER = 'other';
/** The label `istio` of the gateway in the namespace of a program. */
export const GATEWAY = HOME;
/** The modulus of an RSA key of 2048 bits, 256 bytes as base64url. */
export const MODULUS = Buffer.from(Array.from({ length: 256 }, (_, i) => i === 0 ? 0xd3 : (i * 73 + 41) % 256)).toString('base64url');
