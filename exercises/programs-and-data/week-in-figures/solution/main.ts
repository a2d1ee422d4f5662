import { sql } from 'bun'

const first = (await Bun.stdin.text()).trim()

const line = (name: string, boxes: number, price: string) =>
  `${name}${String(boxes).padStart(5)}${price.padStart(9)}`

const days = await sql`
  WITH sold AS (
    SELECT week.day, coalesce(sum(d.quantity), 0) AS boxes, coalesce(sum(d.quantity * b.price), 0.00) AS price
    FROM   (SELECT ${first}::date + n AS day FROM generate_series(0, 6) AS n) AS week
    LEFT   JOIN delivery AS d ON d.day = week.day
    LEFT   JOIN box AS b ON b.id = d.box_id
    GROUP  BY week.day
  )
  SELECT   coalesce(to_char(day, 'Dy'), 'all') AS name, sum(boxes)::integer AS boxes, sum(price)::text AS price
  FROM     sold
  GROUP BY GROUPING SETS ((day), ())
  ORDER BY day NULLS LAST`
for (const { name, boxes, price } of days) console.log(line(name, boxes, price))

const [most] = await sql`
  SELECT   b.title, sum(d.quantity)::integer AS boxes
  FROM     delivery AS d JOIN box AS b ON b.id = d.box_id
  WHERE    d.day BETWEEN ${first}::date AND ${first}::date + 6
  GROUP BY b.id
  ORDER BY boxes DESC, b.title LIMIT 1`
console.log(most === undefined ? 'most: nothing' : `most: ${most.title}, ${most.boxes}`)
