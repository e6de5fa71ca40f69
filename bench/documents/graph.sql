-- Eight on each side of the document, then three on each side of each of those: the newest.
WITH first AS (
  (SELECT source_id, target_id FROM documents_relation WHERE source_id = %(centre)s ORDER BY target_id DESC LIMIT 8)
  UNION
  (SELECT source_id, target_id FROM documents_relation WHERE target_id = %(centre)s ORDER BY source_id DESC LIMIT 8)),
near AS (SELECT source_id AS id FROM first UNION SELECT target_id FROM first),
second AS (
  SELECT r.source_id, r.target_id FROM near n CROSS JOIN LATERAL (
    (SELECT source_id, target_id FROM documents_relation WHERE source_id = n.id ORDER BY target_id DESC LIMIT 3)
    UNION ALL
    (SELECT source_id, target_id FROM documents_relation WHERE target_id = n.id ORDER BY source_id DESC LIMIT 3)) r
  WHERE n.id <> %(centre)s)
SELECT source_id, target_id FROM first UNION SELECT source_id, target_id FROM second
