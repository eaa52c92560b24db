-- The bulk rules in DuckDB: what a person who knows SQL would write, strict enough to be compared with `run`.
--
-- What it does, of docs/rules.md:
--   reading   every column as text; amounts, instants, dates and words must have the form that exports write, and a row
--             that has not is set aside (DuckDB's typed reader is no reference: it reads 12.5 as 13 and 1e3 as 1000);
--   ids       identical rows of one id are one row; rows of one id with different content are all set aside;
--   balance   of every coupon in scope that is in the (A) cohort or has a completed payment in the outage;
--   (A)       cohort, and at least 1 yen left at the end of the first extension;
--   (B1, B2)  by self-join, for groups of payments that stand alone: no other payment of that shop and amount near enough
--             to share a sale, every sale within reach of every payment, no larger sale near by that could be one bill
--             with several coupons, no claim of cash. All other groups are left open ('?').
--
-- What the program does beyond it: encodings, spellings of amounts and dates, columns in any order, profiles; the exact
-- pairing of payments with sales where groups compete, combined bills, claims; cancels that do not fit, overdrawn
-- balances and the other holds; routes, payouts, extensions, reinstatements, questions for people with their evidence;
-- hashes of all inputs and outputs, invariants, and a run folder that is published whole or not at all.
--
-- The caller sets the variables issuance, transactions, merchant_reports and claims to the files' paths.

SET VARIABLE outage_from = TIMESTAMP '2023-02-24 17:45:00';
SET VARIABLE outage_end = TIMESTAMP '2023-02-24 22:16:00';
SET VARIABLE first_end = TIMESTAMP '2023-02-27 00:00:00';
SET VARIABLE second_end = TIMESTAMP '2023-04-01 00:00:00';
SET VARIABLE original_expiry = DATE '2023-02-24';
SET VARIABLE tolerance = INTERVAL 30 MINUTE;
SET VARIABLE repeat_gap = INTERVAL 600 SECOND;

-- Reading -----------------------------------------------------------------------------------------------------------

CREATE MACRO yen(written) AS
  CASE WHEN regexp_full_match(written, '[0-9]{1,12}') THEN TRY_CAST(written AS BIGINT) END;
-- TRY_CAST refuses dates that no calendar has; the pattern refuses every other form that DuckDB would take.
CREATE MACRO instant(written) AS
  CASE
    WHEN regexp_full_match(written, '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00')
    THEN TRY_CAST(left(written, 19) AS TIMESTAMP)
  END;
CREATE MACRO calendar_date(written) AS
  CASE WHEN regexp_full_match(written, '\d{4}-\d\d-\d\d') THEN TRY_CAST(written AS DATE) END;
-- Neither empty nor destroyed: a spreadsheet's exponent, a stray quote or a circled digit is no identifier.
CREATE MACRO identifier(written) AS
  CASE
    WHEN regexp_full_match(written, '[!#-~]+') AND NOT regexp_full_match(written, '[0-9](\.[0-9]+)?[eE]\+[0-9]+')
    THEN written
  END;
-- Empty is absent, quoted or not.
CREATE MACRO optional(written) AS nullif(written, '');

CREATE TEMP TABLE issuance_rows AS
SELECT
  identifier(coupon_number) AS coupon_number,
  CASE WHEN medium IN ('paper', 'app') THEN medium END AS medium,
  CASE WHEN regexp_full_match(prefecture, '[0-9]{2}') THEN prefecture END AS prefecture,
  nullif(yen(face_yen), 0) AS face_yen,
  instant(issued_at) AS issued_at,
  calendar_date(expires_on) AS expires_on,
  hash(issuer_id, travel_date, account_id, account_status, phone, email) AS others
FROM read_csv(
  getvariable('issuance'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  ignore_errors = true,
  columns = {
    'coupon_number': 'VARCHAR', 'medium': 'VARCHAR', 'prefecture': 'VARCHAR', 'face_yen': 'VARCHAR',
    'issued_at': 'VARCHAR', 'expires_on': 'VARCHAR', 'issuer_id': 'VARCHAR', 'travel_date': 'VARCHAR',
    'account_id': 'VARCHAR', 'account_status': 'VARCHAR', 'phone': 'VARCHAR', 'email': 'VARCHAR'
  }
);

CREATE TEMP TABLE transaction_rows AS
SELECT
  identifier(transaction_id) AS transaction_id,
  identifier(coupon_number) AS coupon_number,
  instant(occurred_at) AS occurred_at,
  CASE WHEN kind IN ('charge', 'payment', 'cancel', 'reinstatement') THEN kind END AS kind,
  CASE WHEN status IN ('completed', 'failed', 'pending') THEN status END AS status,
  CASE WHEN kind = 'charge' THEN yen(amount_yen) ELSE nullif(yen(amount_yen), 0) END AS amount_yen,
  optional(merchant_id) AS merchant_id,
  optional(related_transaction_id) AS related_transaction_id,
  coalesce(optional(funding), 'coupon') AS funding,
  hash(terminal_id) AS others
FROM read_csv(
  getvariable('transactions'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  ignore_errors = true,
  columns = {
    'transaction_id': 'VARCHAR', 'coupon_number': 'VARCHAR', 'occurred_at': 'VARCHAR', 'kind': 'VARCHAR',
    'status': 'VARCHAR', 'amount_yen': 'VARCHAR', 'merchant_id': 'VARCHAR', 'terminal_id': 'VARCHAR',
    'related_transaction_id': 'VARCHAR', 'funding': 'VARCHAR'
  }
);

CREATE TEMP TABLE sale_rows AS
SELECT
  identifier(report_id) AS report_id,
  identifier(merchant_id) AS merchant_id,
  instant(sold_at) AS sold_at,
  yen(total_yen) AS total_yen,
  yen(coupon_yen) AS coupon_yen,
  yen(cash_yen) AS cash_yen,
  coalesce(yen(optional(other_yen)), CASE WHEN optional(other_yen) IS NULL THEN 0 END) AS other_yen,
  optional(coupon_number) AS coupon_number,
  hash(receipt_no) AS others
FROM read_csv(
  getvariable('merchant_reports'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  ignore_errors = true,
  columns = {
    'report_id': 'VARCHAR', 'merchant_id': 'VARCHAR', 'sold_at': 'VARCHAR', 'total_yen': 'VARCHAR',
    'coupon_yen': 'VARCHAR', 'cash_yen': 'VARCHAR', 'other_yen': 'VARCHAR', 'coupon_number': 'VARCHAR',
    'receipt_no': 'VARCHAR'
  }
);

CREATE TEMP TABLE claim_rows AS
SELECT claim_id, kind, coupon_number, merchant_id
FROM read_csv(
  getvariable('claims'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  ignore_errors = true,
  columns = {
    'claim_id': 'VARCHAR', 'received_at': 'VARCHAR', 'kind': 'VARCHAR', 'coupon_number': 'VARCHAR',
    'expires_on': 'VARCHAR', 'prefecture': 'VARCHAR', 'merchant_id': 'VARCHAR'
  }
);

-- Rows that can be read ---------------------------------------------------------------------------------------------

CREATE TEMP VIEW issuance_read AS
SELECT * FROM issuance_rows
WHERE coupon_number IS NOT NULL AND medium IS NOT NULL AND prefecture IS NOT NULL AND face_yen IS NOT NULL
  AND issued_at IS NOT NULL AND expires_on IS NOT NULL;

CREATE TEMP VIEW transactions_read AS
SELECT * FROM transaction_rows
WHERE transaction_id IS NOT NULL AND coupon_number IS NOT NULL AND occurred_at IS NOT NULL AND kind IS NOT NULL
  AND status IS NOT NULL AND amount_yen IS NOT NULL AND funding IN ('coupon', 'own')
  AND (kind <> 'payment' OR merchant_id IS NOT NULL) AND (kind <> 'cancel' OR related_transaction_id IS NOT NULL);

CREATE TEMP VIEW sales_read AS
SELECT * FROM sale_rows
WHERE report_id IS NOT NULL AND merchant_id IS NOT NULL AND sold_at IS NOT NULL
  AND coalesce(total_yen = coupon_yen + cash_yen + other_yen, false);

-- One row an id; the few ids that come more than once are looked at in full ------------------------------------------

CREATE TEMP TABLE coupons_repeated AS
SELECT coupon_number FROM issuance_read GROUP BY coupon_number HAVING count(*) > 1;
CREATE TEMP VIEW coupons AS
SELECT * FROM issuance_read ANTI JOIN coupons_repeated USING (coupon_number)
UNION ALL
SELECT * FROM (SELECT DISTINCT * FROM issuance_read SEMI JOIN coupons_repeated USING (coupon_number))
QUALIFY count(*) OVER (PARTITION BY coupon_number) = 1;

CREATE TEMP TABLE transactions_repeated AS
SELECT transaction_id FROM transactions_read GROUP BY transaction_id HAVING count(*) > 1;
CREATE TEMP VIEW transactions AS
SELECT * FROM transactions_read ANTI JOIN transactions_repeated USING (transaction_id)
UNION ALL
SELECT * FROM (SELECT DISTINCT * FROM transactions_read SEMI JOIN transactions_repeated USING (transaction_id))
QUALIFY count(*) OVER (PARTITION BY transaction_id) = 1;

CREATE TEMP TABLE sales_repeated AS
SELECT report_id FROM sales_read GROUP BY report_id HAVING count(*) > 1;
CREATE TEMP TABLE sales AS
SELECT * FROM sales_read ANTI JOIN sales_repeated USING (report_id)
UNION ALL
SELECT * FROM (SELECT DISTINCT * FROM sales_read SEMI JOIN sales_repeated USING (report_id))
QUALIFY count(*) OVER (PARTITION BY report_id) = 1;

-- A shop's journal of a day stands if every row of it does.
CREATE TEMP TABLE covered AS
SELECT DISTINCT merchant_id, CAST(sold_at AS DATE) AS day FROM sales
EXCEPT
SELECT merchant_id, CAST(sold_at AS DATE)
FROM sale_rows ANTI JOIN sales USING (report_id)
WHERE merchant_id IS NOT NULL AND sold_at IS NOT NULL;

-- Scope and balances ------------------------------------------------------------------------------------------------

CREATE TEMP TABLE in_scope AS
SELECT coupon_number, face_yen, expires_on FROM coupons WHERE medium = 'paper' AND prefecture = '46';

CREATE TEMP TABLE moving AS
SELECT
  transaction_id, coupon_number, occurred_at, kind, merchant_id, related_transaction_id, amount_yen,
  CASE WHEN kind = 'payment' THEN -amount_yen ELSE amount_yen END AS movement
FROM transactions
WHERE status = 'completed' AND funding = 'coupon' AND kind <> 'charge';

CREATE TEMP TABLE cases AS
SELECT coupon_number, face_yen, expires_on = getvariable('original_expiry') AS in_cohort
FROM in_scope
WHERE in_cohort OR coupon_number IN (
  SELECT coupon_number FROM moving
  WHERE kind = 'payment'
    AND occurred_at >= getvariable('outage_from') AND occurred_at < getvariable('outage_end')
);

CREATE TEMP TABLE balances AS
SELECT
  cases.coupon_number,
  any_value(in_cohort) AS in_cohort,
  any_value(face_yen) + coalesce(sum(movement) FILTER (occurred_at < getvariable('first_end')), 0) AS first_yen,
  any_value(face_yen) + coalesce(sum(movement) FILTER (occurred_at < getvariable('second_end')), 0) AS residual_yen
FROM cases LEFT JOIN moving USING (coupon_number)
GROUP BY cases.coupon_number;

-- What the shop's record says of payments in the outage ---------------------------------------------------------------

-- Payments near the outage of whatever coupon, not undone by cancels, on days that the shop reported.
CREATE TEMP TABLE payments AS
SELECT transaction_id, coupon_number, merchant_id, amount_yen, occurred_at,
  occurred_at >= getvariable('outage_from') AND occurred_at < getvariable('outage_end') AS in_outage
FROM moving
WHERE kind = 'payment'
  AND occurred_at >= getvariable('outage_from') - 3 * getvariable('tolerance')
  AND occurred_at < getvariable('outage_end') + 3 * getvariable('tolerance')
  AND (merchant_id, CAST(occurred_at AS DATE)) IN (SELECT (merchant_id, day) FROM covered)
  AND transaction_id NOT IN (
    SELECT paid.transaction_id
    FROM moving AS cancel JOIN moving AS paid
      ON paid.transaction_id = cancel.related_transaction_id AND paid.coupon_number = cancel.coupon_number
    WHERE cancel.kind = 'cancel' AND paid.kind = 'payment'
    GROUP BY paid.transaction_id, paid.amount_yen
    HAVING sum(cancel.amount_yen) >= paid.amount_yen
  );

CREATE TEMP TABLE grouped AS
SELECT
  payments.*,
  count(*) OVER one AS pressed,
  row_number() OVER (one ORDER BY occurred_at DESC, transaction_id DESC) AS from_latest
FROM payments SEMI JOIN cases USING (coupon_number)
WHERE in_outage
WINDOW one AS (PARTITION BY coupon_number, merchant_id, amount_yen);

-- Payments that could share a sale with one of another group.
CREATE TEMP TABLE not_alone AS
SELECT DISTINCT mine.transaction_id
FROM grouped AS mine JOIN payments AS other
  ON other.merchant_id = mine.merchant_id AND other.amount_yen = mine.amount_yen
WHERE abs(epoch(other.occurred_at) - epoch(mine.occurred_at)) <= 2 * epoch(getvariable('tolerance'))
  AND (other.coupon_number <> mine.coupon_number OR NOT other.in_outage);

-- Payments near a larger bill, which could be paid with several coupons.
CREATE TEMP TABLE near_larger_bill AS
SELECT DISTINCT mine.transaction_id
FROM grouped AS mine JOIN sales ON sales.merchant_id = mine.merchant_id
WHERE sales.coupon_yen > mine.amount_yen
  AND sold_at BETWEEN occurred_at - getvariable('tolerance') AND occurred_at + getvariable('tolerance');

-- Payments at a till where more lie within the gap than the rules still look for combined bills among.
CREATE TEMP TABLE at_crowded_till AS
SELECT DISTINCT mine.transaction_id
FROM grouped AS mine JOIN payments AS other
  ON other.merchant_id = mine.merchant_id
  AND other.occurred_at BETWEEN mine.occurred_at - getvariable('repeat_gap') AND mine.occurred_at + getvariable('repeat_gap')
GROUP BY mine.transaction_id
HAVING count(*) > 24;

CREATE TEMP TABLE sales_in_reach AS
SELECT mine.coupon_number, mine.merchant_id, mine.amount_yen, sales.report_id, count(*) AS reached
FROM grouped AS mine JOIN sales
  ON sales.merchant_id = mine.merchant_id AND sales.coupon_yen = mine.amount_yen
WHERE (sales.coupon_number IS NULL OR sales.coupon_number = mine.coupon_number)
  AND sold_at BETWEEN occurred_at - getvariable('tolerance') AND occurred_at + getvariable('tolerance')
GROUP BY ALL;

CREATE TEMP TABLE groups AS
WITH supported AS (
  SELECT coupon_number, merchant_id, amount_yen, count(*) AS sold, min(reached) AS reached
  FROM sales_in_reach GROUP BY ALL
)
SELECT
  coupon_number, merchant_id, amount_yen, pressed,
  greatest(pressed - coalesce(any_value(sold), 0), 0) AS unsupported,
  bool_or(transaction_id IN (SELECT transaction_id FROM not_alone))
    OR coalesce(any_value(reached) < pressed, false)
    -- A payment that every pairing supports is part of no combined bill.
    OR (unsupported > 0 AND bool_or(transaction_id IN (SELECT transaction_id FROM near_larger_bill)))
    OR (unsupported > 0 AND bool_or(transaction_id IN (SELECT transaction_id FROM at_crowded_till))) AS entangled
FROM grouped LEFT JOIN supported USING (coupon_number, merchant_id, amount_yen)
GROUP BY coupon_number, merchant_id, amount_yen, pressed;

CREATE TEMP TABLE judged AS
WITH unsupported_payments AS (
  SELECT grouped.*, groups.unsupported
  FROM grouped JOIN groups USING (coupon_number, merchant_id, amount_yen)
  WHERE from_latest <= groups.unsupported
),
written_down AS (
  SELECT DISTINCT mine.coupon_number, mine.merchant_id, mine.amount_yen
  FROM unsupported_payments AS mine JOIN sales
    ON sales.merchant_id = mine.merchant_id AND sales.coupon_number = mine.coupon_number
  WHERE sales.coupon_yen = 0 AND sales.total_yen >= mine.amount_yen
    AND sold_at BETWEEN occurred_at - getvariable('tolerance') AND occurred_at + getvariable('tolerance')
),
followed AS (
  SELECT coupon_number, merchant_id, amount_yen
  FROM (
    SELECT DISTINCT mine.transaction_id, mine.coupon_number, mine.merchant_id, mine.amount_yen
    FROM unsupported_payments AS mine JOIN grouped AS other USING (coupon_number, merchant_id, amount_yen)
    WHERE other.transaction_id <> mine.transaction_id
      AND abs(epoch(other.occurred_at) - epoch(mine.occurred_at)) <= epoch(getvariable('repeat_gap'))
  )
  JOIN groups USING (coupon_number, merchant_id, amount_yen)
  GROUP BY coupon_number, merchant_id, amount_yen, unsupported
  HAVING count(*) = unsupported
)
SELECT
  coupon_number,
  CASE
    WHEN entangled THEN '?'
    WHEN unsupported = 0 THEN ''
    WHEN (coupon_number, merchant_id, amount_yen) IN (SELECT (coupon_number, merchant_id, amount_yen) FROM written_down)
      THEN 'B1'
    WHEN (coupon_number, merchant_id) IN
      (SELECT (coupon_number, merchant_id) FROM claim_rows WHERE kind = 'cash_and_deducted') THEN '?'
    WHEN unsupported < pressed AND (coupon_number, merchant_id, amount_yen) IN
      (SELECT (coupon_number, merchant_id, amount_yen) FROM followed) THEN 'B2'
    ELSE ''
  END AS ground
FROM groups;

-- The result ----------------------------------------------------------------------------------------------------------

-- One row a case: what is left of it, whether (A) holds, and its (B) grounds, or '?' where a group was left open.
CREATE TEMP VIEW result AS
SELECT
  coupon_number,
  residual_yen,
  CASE WHEN in_cohort AND first_yen >= 1 THEN 'A' END AS ground_a,
  CASE
    WHEN bool_or(ground = '?') THEN '?'
    ELSE nullif(concat_ws('+', max(ground) FILTER (ground = 'B1'), max(ground) FILTER (ground = 'B2')), '')
  END AS grounds_b
FROM balances LEFT JOIN judged USING (coupon_number)
GROUP BY coupon_number, residual_yen, ground_a
ORDER BY coupon_number;

-- Rows of issuance, transactions and reports that count, repeats left out.
CREATE TEMP VIEW rows_kept AS
SELECT
  (SELECT count(*) FROM coupons) + (SELECT count(*) FROM transactions) + (SELECT count(*) FROM sales) AS kept;
