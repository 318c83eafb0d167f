/** What a certificate may be used for. */
export enum CertManagerUsage {
  /** Signing. */
  SIGNING = 'signing',
  /** Digital signatures. */
  DIGITAL_SIGNATURE = 'digital signature',
  /** Proof of content. */
  CONTENT_COMMITMENT = 'content commitment',
  /** Encryption of keys. */
  KEY_ENCIPHERMENT = 'key encipherment',
  /** Agreement on keys. */
  KEY_AGREEMENT = 'key agreement',
  /** Encryption of data. */
  DATA_ENCIPHERMENT = 'data encipherment',
  /** Signing of certificates. */
  CERT_SIGN = 'cert sign',
  /** Signing of revocation lists. */
  CRL_SIGN = 'crl sign',
  /** Key agreement for encryption alone. */
  ENCIPHER_ONLY = 'encipher only',
  /** Key agreement for decryption alone. */
  DECIPHER_ONLY = 'decipher only',
  /** Anything. */
  ANY = 'any',
  /** Servers of TLS. */
  SERVER_AUTH = 'server auth',
  /** Clients of TLS. */
  CLIENT_AUTH = 'client auth',
  /** Signing of code. */
  CODE_SIGNING = 'code signing',
  /** Protection of mail. */
  EMAIL_PROTECTION = 'email protection',
  /** S/MIME. */
  S_MIME = 's/mime',
  /** Ends of IPsec. */
  IPSEC_END_SYSTEM = 'ipsec end system',
  /** IPsec tunnels. */
  IPSEC_TUNNEL = 'ipsec tunnel',
  /** IPsec users. */
  IPSEC_USER = 'ipsec user',
  /** Timestamps. */
  TIMESTAMPING = 'timestamping',
  /** Answers about revocation. */
  OCSP_SIGNING = 'ocsp signing',
  /** Microsoft's server gated cryptography. */
  MICROSOFT_SGC = 'microsoft sgc',
  /** Netscape's server gated cryptography. */
  NETSCAPE_SGC = 'netscape sgc',
}
