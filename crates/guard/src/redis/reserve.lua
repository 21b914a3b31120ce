-- One decision: takes the slot and counts the message, or changes nothing and says how long to wait.
-- To ask again under the same reservation is as good as to ask once.
-- KEYS: epoch, slot, then one per counter.
-- ARGV: epoch.lua's three, reservation, hold, hold after a loss,
--       then per counter: how many limits, and each limit's count and window. Times in milliseconds.
-- Answer: what, milliseconds to wait, epoch, sequence.
if redis.call('HEXISTS', KEYS[1], 'lost') == 1 then
  local left = math.min(born + ARGV[6] - now, tonumber(ARGV[6]))
  if left > 0 then
    return { 'held', left, epoch, sequence }
  end
end

local left = redis.call('PTTL', KEYS[2])
if left == -1 then
  return redis.error_reply('GUARD a slot without an end')
end
if left >= 0 and redis.call('GET', KEYS[2]) == ARGV[4] then
  -- It was asked before, and the answer did not arrive. The hold begins now, but never ends sooner.
  if left < tonumber(ARGV[5]) then
    redis.call('PEXPIRE', KEYS[2], ARGV[5])
  end
  return { 'reserved', 0, epoch, sequence }
end
if left >= 0 then
  -- Redis rounds: at the end of this wait the slot is free for certain.
  return { 'held', left + 1, epoch, sequence }
end

local wait, at = 0, 7
for i = 3, #KEYS do
  for _ = 1, ARGV[at] do
    -- A window is full as long as it holds the newest so many.
    local count, window = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
    local oldest = redis.call('ZRANGE', KEYS[i], -count, -count, 'WITHSCORES')[2]
    if oldest then
      wait = math.max(wait, math.min(oldest + window - now, window))
    end
    at = at + 2
  end
  at = at + 1
end
if wait > 0 then
  return { 'full', wait, epoch, sequence }
end

redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5])
at = 7
for i = 3, #KEYS do
  local longest = 0
  for _ = 1, ARGV[at] do
    longest = math.max(longest, tonumber(ARGV[at + 2]))
    at = at + 2
  end
  at = at + 1
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%d', now - longest))
  redis.call('ZADD', KEYS[i], string.format('%d', now), ARGV[4])
  redis.call('PEXPIRE', KEYS[i], string.format('%d', longest))
end
return { 'reserved', 0, epoch, redis.call('HINCRBY', KEYS[1], 'sequence', 1) }
