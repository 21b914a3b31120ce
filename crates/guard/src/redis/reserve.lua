-- One decision: takes the slot and counts the message, or changes nothing and says how long to wait.
-- KEYS: epoch, slot, then one per counter.
-- ARGV: reservation, hold, epoch that the caller knows or '', hold after a loss,
--       then per counter: how many limits, and each limit's count and window. Times in milliseconds.
-- Answer: what, milliseconds to wait, epoch.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- The epoch names the data set. A caller that knows another one remembers what Redis forgot.
local epoch, born = unpack(redis.call('HMGET', KEYS[1], 'id', 'born'))
if not epoch then
  epoch, born = ARGV[1], now
  redis.call('HSET', KEYS[1], 'id', epoch, 'born', string.format('%d', now))
end
if ARGV[3] ~= '' and ARGV[3] ~= epoch then
  redis.call('HSET', KEYS[1], 'lost', '1')
end
if redis.call('HEXISTS', KEYS[1], 'lost') == 1 then
  local left = math.min(born + ARGV[4] - now, tonumber(ARGV[4]))
  if left > 0 then
    return { 'held', left, epoch }
  end
end

local left = redis.call('PTTL', KEYS[2])
if left == -1 then
  return redis.error_reply('GUARD a slot without an end')
end
if left >= 0 then
  -- Redis rounds: at the end of this wait the slot is free for certain.
  return { 'held', left + 1, epoch }
end

local wait, at = 0, 5
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
  return { 'full', wait, epoch }
end

redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
at = 5
for i = 3, #KEYS do
  local longest = 0
  for _ = 1, ARGV[at] do
    longest = math.max(longest, tonumber(ARGV[at + 2]))
    at = at + 2
  end
  at = at + 1
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', string.format('%d', now - longest))
  redis.call('ZADD', KEYS[i], string.format('%d', now), ARGV[1])
  redis.call('PEXPIRE', KEYS[i], string.format('%d', longest))
end
return { 'reserved', 0, epoch }
