/** Kinds of private keys. */
export enum CertManagerKeyAlgorithm {
  /** RSA. */
  RSA = 'RSA',
  /** ECDSA. */
  ECDSA = 'ECDSA',
  /** Ed25519. */
  ED25519 = 'Ed25519',
}

/** How a private key is written. */
export enum CertManagerKeyEncoding {
  /** The form of the algorithm. */
  PKCS1 = 'PKCS1',
  /** The form for all algorithms. */
  PKCS8 = 'PKCS8',
}

/** Whether a renewed certificate gets another private key. */
export enum CertManagerKeyRotationPolicy {
  /** It keeps the key. */
  NEVER = 'Never',
  /** It gets another one. */
  ALWAYS = 'Always',
}

/** The private key of a certificate. */
export interface CertManagerPrivateKey {
  /**
   * The kind of the key.
   *
   * @default CertManagerKeyAlgorithm.RSA
   */
  readonly algorithm?: CertManagerKeyAlgorithm;

  /**
   * The size in bits: for RSA 2048 to 8192, for ECDSA 256, 384 or 521; an Ed25519 key has no other size.
   *
   * @default - 2048 for RSA, 256 for ECDSA
   */
  readonly size?: number;

  /**
   * How the key is written.
   *
   * @default CertManagerKeyEncoding.PKCS1
   */
  readonly encoding?: CertManagerKeyEncoding;

  /**
   * Whether a renewed certificate gets another key.
   *
   * @default CertManagerKeyRotationPolicy.ALWAYS
   */
  readonly rotationPolicy?: CertManagerKeyRotationPolicy;
}
