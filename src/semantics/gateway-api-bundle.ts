/** A release of the Gateway API's CustomResourceDefinitions. */
export enum GatewayApiBundle {
  /** 1.2. */
  V1_2 = '1.2',
  /** 1.3. */
  V1_3 = '1.3',
  /** 1.4. */
  V1_4 = '1.4',
  /** 1.5. */
  V1_5 = '1.5',
  /** 1.6. */
  V1_6 = '1.6',
  /** 1.7. */
  V1_7 = '1.7',
}
