/** The namespace of what a program is about. In a world with others, a number is put after it wherever it stands. */
export const HOME = 'shop';
/** Another namespace. */
export const OTHER = 'other';
/** The label `istio` of the gateway in the namespace of a program. */
export const GATEWAY = HOME;
