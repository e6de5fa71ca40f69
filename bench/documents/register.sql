-- A page of fifty and how many there are, counted to a thousand.
WITH page AS (
  SELECT d.*, i.name AS issuer_name FROM documents_document d JOIN documents_issuer i ON i.id = d.issuer_id
  WHERE d.direction = 'incoming' AND d.arrived_on >= %(since)s
  ORDER BY d.arrived_on DESC NULLS LAST, d.id DESC LIMIT 50)
SELECT d.id, d.canonical, d.issued_on, d.title, d.issuer_name,
       CASE WHEN d.effective_on IS NULL THEN 'unknown' WHEN d.effective_on > current_date THEN 'not_yet'
            WHEN d.ended_on < current_date OR EXISTS (SELECT 1 FROM documents_relation r JOIN documents_document s ON s.id = r.source_id
                 WHERE r.target_id = d.id AND r.kind IN ('replaces', 'repeals') AND r.item = '' AND s.effective_on <= current_date) THEN 'ended'
            ELSE 'in_force' END AS worth,
       (SELECT count(*) FROM (SELECT 1 FROM documents_document d WHERE d.direction = 'incoming' AND d.arrived_on >= %(since)s LIMIT 1001) c) AS whole
FROM page d
