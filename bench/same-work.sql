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
--
-- Instants, dates and words are read typed, by the one form that exports write; what does not fit is dropped. Amounts are
-- read as text and held against what they were understood as, for DuckDB takes 12.5 for 13. A sale whose amount cannot be
-- read has to stay, because it opens its shop's day. Identifiers are compared by a hash of 64 bits: what few rows are told
-- apart by text (the latest of equal instants) keep theirs.

CREATE MACRO yen(written) AS
  CASE WHEN TRY_CAST(written AS BIGINT)::VARCHAR = written AND TRY_CAST(written AS BIGINT) >= 0 THEN TRY_CAST(written AS BIGINT) END;
-- Neither empty nor destroyed: a spreadsheet's exponent, a stray quote or a circled digit is no identifier.
CREATE MACRO is_identifier(written) AS
  regexp_full_match(written, '[!#-~]+')
  AND (NOT contains(written, '+') OR NOT regexp_full_match(written, '[0-9](\.[0-9]+)?[eE]\+[0-9]+'));
-- Empty is absent, quoted or not.
CREATE MACRO optional(written) AS nullif(written, '');
CREATE MACRO hashed(written) AS CASE WHEN written <> '' THEN hash(written) END;
CREATE MACRO near_outage(instant) AS
  instant >= getvariable('outage_from') - 3 * getvariable('tolerance')
  AND instant < getvariable('outage_end') + 3 * getvariable('tolerance');

CREATE TEMP TABLE issuance AS
SELECT
  hash(coupon_number) AS coupon, coupon_number, medium, prefecture, face_yen, expires_on,
  hash(issued_at, issuer_id, travel_date, account_id, account_status, phone, email) AS others
FROM (
  SELECT * REPLACE (nullif(yen(face_yen), 0) AS face_yen)
  FROM read_csv(
    getvariable('issuance'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    ignore_errors = true, timestampformat = '%Y-%m-%dT%H:%M:%S+09:00', dateformat = '%Y-%m-%d',
    columns = {
      'coupon_number': 'VARCHAR', 'medium': 'ENUM(''paper'', ''app'')', 'prefecture': 'VARCHAR', 'face_yen': 'VARCHAR',
      'issued_at': 'TIMESTAMP', 'expires_on': 'DATE', 'issuer_id': 'VARCHAR', 'travel_date': 'VARCHAR',
      'account_id': 'VARCHAR', 'account_status': 'VARCHAR', 'phone': 'VARCHAR', 'email': 'VARCHAR'
    }
  )
)
WHERE medium IS NOT NULL AND face_yen IS NOT NULL AND issued_at IS NOT NULL AND expires_on IS NOT NULL
  AND is_identifier(coupon_number) AND regexp_full_match(prefecture, '[0-9]{2}');

CREATE TEMP TABLE log AS
SELECT
  hash(transaction_id) AS id, hash(coupon_number) AS coupon, occurred_at, kind, status, amount_yen,
  hash(merchant_id) AS merchant, hashed(related_transaction_id) AS related, coalesce(funding, 'coupon') AS funding,
  hash(terminal_id) AS others,
  CASE WHEN kind = 'payment' AND near_outage(occurred_at) THEN transaction_id END AS transaction_id
FROM (
  SELECT * REPLACE (yen(amount_yen) AS amount_yen)
  FROM read_csv(
    getvariable('transactions'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    ignore_errors = true, timestampformat = '%Y-%m-%dT%H:%M:%S+09:00',
    columns = {
      'transaction_id': 'VARCHAR', 'coupon_number': 'VARCHAR', 'occurred_at': 'TIMESTAMP',
      'kind': 'ENUM(''charge'', ''payment'', ''cancel'', ''reinstatement'')',
      'status': 'ENUM(''completed'', ''failed'', ''pending'')', 'amount_yen': 'VARCHAR', 'merchant_id': 'VARCHAR',
      'terminal_id': 'VARCHAR', 'related_transaction_id': 'VARCHAR', 'funding': 'ENUM(''coupon'', ''own'')'
    }
  )
)
WHERE occurred_at IS NOT NULL AND kind IS NOT NULL AND status IS NOT NULL AND amount_yen IS NOT NULL
  AND (amount_yen > 0 OR kind = 'charge')
  AND (kind <> 'payment' OR merchant_id <> '') AND (kind <> 'cancel' OR related_transaction_id <> '')
  AND is_identifier(transaction_id) AND is_identifier(coupon_number);

CREATE TEMP TABLE sale_rows AS
SELECT
  hash(report_id) AS id, hash(merchant_id) AS merchant, sold_at, total_yen, coupon_yen, hashed(coupon_number) AS coupon,
  hash(cash_yen, other_yen, receipt_no) AS others,
  is_identifier(report_id) AND coalesce(total_yen = coupon_yen + cash_yen + other_yen, false) AS is_read
FROM (
  SELECT * REPLACE (
    yen(total_yen) AS total_yen, yen(coupon_yen) AS coupon_yen, yen(cash_yen) AS cash_yen,
    coalesce(yen(optional(other_yen)), CASE WHEN optional(other_yen) IS NULL THEN 0 END) AS other_yen
  )
  FROM read_csv(
    getvariable('merchant_reports'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
    ignore_errors = true, timestampformat = '%Y-%m-%dT%H:%M:%S+09:00',
    columns = {
      'report_id': 'VARCHAR', 'merchant_id': 'VARCHAR', 'sold_at': 'TIMESTAMP', 'total_yen': 'VARCHAR',
      'coupon_yen': 'VARCHAR', 'cash_yen': 'VARCHAR', 'other_yen': 'VARCHAR', 'coupon_number': 'VARCHAR',
      'receipt_no': 'VARCHAR'
    }
  )
)
-- Of an unreadable row without shop or instant nobody knows whose day it opens.
WHERE sold_at IS NOT NULL AND is_identifier(merchant_id);

CREATE TEMP TABLE claim_rows AS
SELECT claim_id, kind, hash(coupon_number) AS coupon, hash(merchant_id) AS merchant
FROM read_csv(
  getvariable('claims'), header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  ignore_errors = true,
  columns = {
    'claim_id': 'VARCHAR', 'received_at': 'VARCHAR', 'kind': 'VARCHAR', 'coupon_number': 'VARCHAR',
    'expires_on': 'VARCHAR', 'prefecture': 'VARCHAR', 'merchant_id': 'VARCHAR'
  }
);

-- One row an id; the few ids that come more than once are looked at in full ------------------------------------------

CREATE TEMP TABLE coupons_repeated AS SELECT coupon FROM issuance GROUP BY coupon HAVING count(*) > 1;
CREATE TEMP TABLE coupons_of_repeated AS
SELECT * FROM (SELECT DISTINCT * FROM issuance SEMI JOIN coupons_repeated USING (coupon))
QUALIFY count(*) OVER (PARTITION BY coupon) = 1;
DELETE FROM issuance WHERE coupon IN (FROM coupons_repeated);
INSERT INTO issuance FROM coupons_of_repeated;

CREATE TEMP TABLE repeated AS SELECT id FROM log GROUP BY id HAVING count(*) > 1;
CREATE TEMP TABLE log_of_repeated AS
SELECT * FROM (SELECT DISTINCT * FROM log SEMI JOIN repeated USING (id)) QUALIFY count(*) OVER (PARTITION BY id) = 1;
DELETE FROM log WHERE id IN (FROM repeated);
INSERT INTO log FROM log_of_repeated;

CREATE TEMP TABLE sales_repeated AS SELECT id FROM sale_rows WHERE is_read GROUP BY id HAVING count(*) > 1;
CREATE TEMP TABLE sales AS
SELECT * FROM sale_rows ANTI JOIN sales_repeated USING (id) WHERE is_read
UNION ALL
SELECT * FROM (SELECT DISTINCT * FROM sale_rows SEMI JOIN sales_repeated USING (id) WHERE is_read)
QUALIFY count(*) OVER (PARTITION BY id) = 1;

-- A shop's journal of a day stands if every row of it does.
CREATE TEMP TABLE covered AS
SELECT DISTINCT merchant, CAST(sold_at AS DATE) AS day FROM sales
EXCEPT
SELECT merchant, CAST(sold_at AS DATE) FROM sale_rows ANTI JOIN sales USING (id);

-- Scope and balances ------------------------------------------------------------------------------------------------

-- What moves a balance, of all coupons: cancels and payments of coupons out of scope say what a sale was for.
CREATE TEMP VIEW moving AS
SELECT id, coupon, occurred_at, kind, merchant, related, amount_yen, transaction_id
FROM log
WHERE status = 'completed' AND funding = 'coupon' AND kind <> 'charge';

CREATE TEMP TABLE cases AS
SELECT coupon, coupon_number, face_yen, expires_on = getvariable('original_expiry') AS in_cohort
FROM issuance
WHERE medium = 'paper' AND prefecture = '46' AND (
  expires_on = getvariable('original_expiry') OR coupon IN (
    SELECT coupon FROM moving
    WHERE kind = 'payment'
      AND occurred_at >= getvariable('outage_from') AND occurred_at < getvariable('outage_end')
  )
);

CREATE TEMP TABLE balances AS
SELECT
  cases.coupon, any_value(coupon_number) AS coupon_number, any_value(in_cohort) AS in_cohort,
  any_value(face_yen) + coalesce(sum(movement) FILTER (occurred_at < getvariable('first_end')), 0) AS first_yen,
  any_value(face_yen) + coalesce(sum(movement) FILTER (occurred_at < getvariable('second_end')), 0) AS residual_yen
FROM cases LEFT JOIN (
  SELECT coupon, occurred_at, CASE WHEN kind = 'payment' THEN -amount_yen ELSE amount_yen END AS movement FROM moving
) USING (coupon)
GROUP BY cases.coupon;

-- What the shop's record says of payments in the outage ---------------------------------------------------------------

-- Payments near the outage of whatever coupon, not undone by cancels, on days that the shop reported.
CREATE TEMP TABLE payments AS
WITH near_payments AS (
  SELECT id, transaction_id, coupon, merchant, amount_yen, occurred_at,
    occurred_at >= getvariable('outage_from') AND occurred_at < getvariable('outage_end') AS in_outage
  FROM moving
  WHERE kind = 'payment' AND near_outage(occurred_at)
    AND (merchant, CAST(occurred_at AS DATE)) IN (SELECT (merchant, day) FROM covered)
),
undone AS (
  SELECT paid.id
  FROM near_payments AS paid JOIN moving AS cancel ON paid.id = cancel.related AND paid.coupon = cancel.coupon
  WHERE cancel.kind = 'cancel'
  GROUP BY paid.id, paid.amount_yen
  HAVING sum(cancel.amount_yen) >= paid.amount_yen
)
SELECT * FROM near_payments ANTI JOIN undone USING (id);

CREATE TEMP TABLE grouped AS
SELECT
  payments.*,
  count(*) OVER one AS pressed,
  row_number() OVER (one ORDER BY occurred_at DESC, transaction_id DESC) AS from_latest
FROM payments SEMI JOIN cases USING (coupon)
WHERE in_outage
WINDOW one AS (PARTITION BY coupon, merchant, amount_yen);

-- Payments that could share a sale with one of another group.
CREATE TEMP TABLE not_alone AS
SELECT DISTINCT mine.id
FROM grouped AS mine JOIN payments AS other
  ON other.merchant = mine.merchant AND other.amount_yen = mine.amount_yen
WHERE abs(epoch(other.occurred_at) - epoch(mine.occurred_at)) <= 2 * epoch(getvariable('tolerance'))
  AND (other.coupon <> mine.coupon OR NOT other.in_outage);

-- Payments near a larger bill, which could be paid with several coupons.
CREATE TEMP TABLE near_larger_bill AS
SELECT DISTINCT mine.id
FROM grouped AS mine JOIN sales ON sales.merchant = mine.merchant
WHERE sales.coupon_yen > mine.amount_yen
  AND sold_at BETWEEN occurred_at - getvariable('tolerance') AND occurred_at + getvariable('tolerance');

-- Payments at a till where more lie within the gap than the rules still look for combined bills among.
CREATE TEMP TABLE at_crowded_till AS
SELECT DISTINCT mine.id
FROM grouped AS mine JOIN payments AS other
  ON other.merchant = mine.merchant
  AND other.occurred_at BETWEEN mine.occurred_at - getvariable('repeat_gap') AND mine.occurred_at + getvariable('repeat_gap')
GROUP BY mine.id
HAVING count(*) > 24;

CREATE TEMP TABLE sales_in_reach AS
SELECT mine.coupon, mine.merchant, mine.amount_yen, sales.id, count(*) AS reached
FROM grouped AS mine JOIN sales
  ON sales.merchant = mine.merchant AND sales.coupon_yen = mine.amount_yen
WHERE (sales.coupon IS NULL OR sales.coupon = mine.coupon)
  AND sold_at BETWEEN occurred_at - getvariable('tolerance') AND occurred_at + getvariable('tolerance')
GROUP BY ALL;

CREATE TEMP TABLE groups AS
WITH supported AS (
  SELECT coupon, merchant, amount_yen, count(*) AS sold, min(reached) AS reached
  FROM sales_in_reach GROUP BY ALL
)
SELECT
  coupon, merchant, amount_yen, pressed,
  greatest(pressed - coalesce(any_value(sold), 0), 0) AS unsupported,
  bool_or(id IN (SELECT id FROM not_alone))
    OR coalesce(any_value(reached) < pressed, false)
    -- A payment that every pairing supports is part of no combined bill.
    OR (unsupported > 0 AND bool_or(id IN (SELECT id FROM near_larger_bill)))
    OR (unsupported > 0 AND bool_or(id IN (SELECT id FROM at_crowded_till))) AS entangled
FROM grouped LEFT JOIN supported USING (coupon, merchant, amount_yen)
GROUP BY coupon, merchant, amount_yen, pressed;

CREATE TEMP TABLE judged AS
WITH unsupported_payments AS (
  SELECT grouped.*, groups.unsupported
  FROM grouped JOIN groups USING (coupon, merchant, amount_yen)
  WHERE from_latest <= groups.unsupported
),
written_down AS (
  SELECT DISTINCT mine.coupon, mine.merchant, mine.amount_yen
  FROM unsupported_payments AS mine JOIN sales
    ON sales.merchant = mine.merchant AND sales.coupon = mine.coupon
  WHERE sales.coupon_yen = 0 AND sales.total_yen >= mine.amount_yen
    AND sold_at BETWEEN occurred_at - getvariable('tolerance') AND occurred_at + getvariable('tolerance')
),
followed AS (
  SELECT coupon, merchant, amount_yen
  FROM (
    SELECT DISTINCT mine.id, mine.coupon, mine.merchant, mine.amount_yen
    FROM unsupported_payments AS mine JOIN grouped AS other USING (coupon, merchant, amount_yen)
    WHERE other.id <> mine.id
      AND abs(epoch(other.occurred_at) - epoch(mine.occurred_at)) <= epoch(getvariable('repeat_gap'))
  )
  JOIN groups USING (coupon, merchant, amount_yen)
  GROUP BY coupon, merchant, amount_yen, unsupported
  HAVING count(*) = unsupported
)
SELECT
  coupon,
  CASE
    WHEN entangled THEN '?'
    WHEN unsupported = 0 THEN ''
    WHEN (coupon, merchant, amount_yen) IN (SELECT (coupon, merchant, amount_yen) FROM written_down)
      THEN 'B1'
    WHEN (coupon, merchant) IN
      (SELECT (coupon, merchant) FROM claim_rows WHERE kind = 'cash_and_deducted') THEN '?'
    WHEN unsupported < pressed AND (coupon, merchant, amount_yen) IN
      (SELECT (coupon, merchant, amount_yen) FROM followed) THEN 'B2'
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
FROM balances LEFT JOIN judged USING (coupon)
GROUP BY coupon_number, residual_yen, ground_a
ORDER BY coupon_number;

-- Rows of issuance, transactions and reports that count, repeats left out.
CREATE TEMP VIEW rows_kept AS
SELECT (SELECT count(*) FROM issuance) + (SELECT count(*) FROM log) + (SELECT count(*) FROM sales) AS kept;
