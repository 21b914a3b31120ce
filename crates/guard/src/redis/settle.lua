-- Says what became of a reservation.
-- KEYS: slot, next slot (the same one where there is no other), then counters to take it back from.
-- ARGV: reservation, milliseconds to wait.
local owner = redis.call('GET', KEYS[1])
if ARGV[2] == '0' then
  if owner == ARGV[1] then
    redis.call('DEL', KEYS[1])
  end
else
  -- A slot that nobody has was forgotten, or its hold has run out: a message may be out all the same.
  if not owner or owner == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  end
  redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2], 'NX')
end
for i = 3, #KEYS do
  redis.call('ZREM', KEYS[i], ARGV[1])
end
return 1
