-- What somebody who knows the tables would write for all figures of the laboratory: a row a window, one pass a table.
SELECT w.name, a.*, e.*, s.*, sr.*, r.*, q.*, b.*, st.*, c.*
FROM (VALUES ('now', %(start)s::date, %(end)s::date), ('before', %(start_before)s::date, %(end_before)s::date)) AS w (name, first, last)
CROSS JOIN LATERAL (
    SELECT count(*) AS instruments,
           count(DISTINCT instrument_id) AS instruments_distinct,
           count(*) FILTER (WHERE act = 'verification') AS verified,
           count(*) FILTER (WHERE act = 'calibration') AS calibrated,
           count(*) FILTER (WHERE mode = 'initial') AS verified_initially,
           count(*) FILTER (WHERE mode = 'periodic') AS verified_periodically,
           count(*) FILTER (WHERE mode = 'after_repair') AS verified_after_repair,
           count(*) FILTER (WHERE passed) AS passed,
           count(*) FILTER (WHERE NOT passed) AS failed,
           round(count(*) FILTER (WHERE passed) * 100.0 / nullif(count(*), 0), 1) AS passed_share,
           count(*) FILTER (WHERE field = 'length') AS instruments_length,
           count(*) FILTER (WHERE field = 'mass') AS instruments_mass,
           count(*) FILTER (WHERE field = 'volume') AS instruments_volume,
           count(*) FILTER (WHERE field = 'pressure') AS instruments_pressure,
           count(*) FILTER (WHERE field = 'temperature') AS instruments_temperature,
           count(*) FILTER (WHERE field = 'chemistry') AS instruments_chemistry,
           count(*) FILTER (WHERE field = 'electricity') AS instruments_electricity,
           count(*) FILTER (WHERE field = 'time') AS instruments_time
    FROM laboratory_verification
    WHERE performed_on BETWEEN w.first AND w.last AND state IN ('approved', 'returned') AND confirmed_at IS NOT NULL
) AS a
CROSS JOIN LATERAL (
    SELECT count(*) AS verifications_expiring
    FROM laboratory_verification
    WHERE valid_until BETWEEN w.first AND w.last AND state IN ('approved', 'returned') AND confirmed_at IS NOT NULL
) AS e
CROSS JOIN LATERAL (
    SELECT count(*) AS samples, count(DISTINCT customer_id) AS sample_customers
    FROM laboratory_sample
    WHERE approved_on BETWEEN w.first AND w.last AND state IN ('approved', 'returned') AND confirmed_at IS NOT NULL
) AS s
CROSS JOIN LATERAL (
    SELECT count(*) AS samples_received
    FROM laboratory_sample
    WHERE received_on BETWEEN w.first AND w.last AND state <> 'refused' AND confirmed_at IS NOT NULL
) AS sr
CROSS JOIN LATERAL (
    SELECT count(*) AS tests, count(*) FILTER (WHERE NOT passed) AS tests_failed
    FROM laboratory_result
    WHERE tested_on BETWEEN w.first AND w.last AND state = 'approved' AND confirmed_at IS NOT NULL
) AS r
CROSS JOIN LATERAL (
    SELECT count(*) AS requests, count(DISTINCT customer_id) AS customers, coalesce(sum(fee), 0) / 1000000 AS fees
    FROM laboratory_request
    WHERE received_on BETWEEN w.first AND w.last AND confirmed_at IS NOT NULL
) AS q
CROSS JOIN LATERAL (
    SELECT count(*) AS requests_returned,
           count(*) FILTER (WHERE returned_on <= due_on) AS requests_returned_on_time,
           round(count(*) FILTER (WHERE returned_on <= due_on) * 100.0 / nullif(count(*), 0), 1) AS on_time_share
    FROM laboratory_request
    WHERE returned_on BETWEEN w.first AND w.last AND confirmed_at IS NOT NULL
) AS b
CROSS JOIN LATERAL (
    SELECT count(*) AS standards
    FROM laboratory_standard
    WHERE calibrated_on <= w.last AND (calibrated_until IS NULL OR calibrated_until >= w.last) AND state = 'in_use' AND confirmed_at IS NOT NULL
) AS st
CROSS JOIN LATERAL (
    SELECT count(*) AS verifier_cards
    FROM laboratory_verifiercard
    WHERE issued_on <= w.last AND (expires_on IS NULL OR expires_on >= w.last) AND confirmed_at IS NOT NULL
) AS c
