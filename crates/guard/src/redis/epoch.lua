-- What every script begins with: which data set this is, and whether it forgot anything.
-- KEYS: epoch, then the script's own.
-- ARGV: a new epoch's name, should there be none, the epoch that the caller knows or '', the highest
--       sequence that it has seen, then the script's own.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- The epoch names the data set, the sequence counts what was written to it.
local epoch, born, sequence = unpack(redis.call('HMGET', KEYS[1], 'id', 'born', 'sequence'))
sequence = tonumber(sequence or 0)
local seen = tonumber(ARGV[3])
if seen > sequence then
  -- The caller has seen writes that are gone, so this is another data set now. Its sequence begins
  -- far above what any caller has seen of the lost one: each loss is held for once, not per caller.
  epoch, sequence = false, seen + 1048576
end
if not epoch then
  epoch, born = ARGV[1], now
  redis.call('HSET', KEYS[1], 'id', epoch, 'born', string.format('%d', now),
    'sequence', string.format('%d', sequence))
end
if ARGV[2] ~= '' and ARGV[2] ~= epoch then
  redis.call('HSET', KEYS[1], 'lost', '1')
end
