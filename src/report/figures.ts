/** Coupons, their face value, and what was spent of it. */
export interface CouponSum {
  readonly coupons: number;
  readonly faceYen: number;
  readonly spentYen: number;
}

/** figures.json: what the page draws and summary.json does not say (2-data.md). */
export interface Figures {
  readonly schemaVersion: 1;
  /** Accepted payments of the log, by the minute in which they occurred. */
  readonly payments: {
    readonly from: string;
    readonly binMinutes: number;
    readonly completed: readonly number[];
    readonly failed: readonly number[];
    readonly pending: readonly number[];
    /** Of the completed: those that follow an equal one within the policy's gap. */
    readonly repeated: readonly number[];
    /** Of the completed: those that no sale of the shop supports. */
    readonly unsupported: readonly number[];
  };
  /** Between one completed payment in the outage and the next equal one. */
  readonly gaps: {
    readonly limitSeconds: number;
    readonly binSeconds: number;
    readonly counts: readonly number[];
    readonly longer: number;
  };
  readonly balance: { readonly issued: CouponSum; readonly cohort: CouponSum; readonly listed: CouponSum };
}
