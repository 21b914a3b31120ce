-- Says what became of a reservation.
-- KEYS: epoch, slot, next slot (the same one where there is no other), then counters to take it back
--       from.
-- ARGV: epoch.lua's three, reservation, milliseconds to wait.
-- Answer: epoch, sequence.
local owner = redis.call('GET', KEYS[2])
if ARGV[5] == '0' then
  if owner == ARGV[4] then
    redis.call('DEL', KEYS[2])
  end
else
  -- A free slot was forgotten, or its hold has run out: a message may be out all the same.
  if not owner or owner == ARGV[4] then
    redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5])
  end
  if KEYS[3] ~= KEYS[2] then
    redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[5], 'NX')
  end
end
for i = 4, #KEYS do
  redis.call('ZREM', KEYS[i], ARGV[4])
end
return { epoch, redis.call('HINCRBY', KEYS[1], 'sequence', 1) }
