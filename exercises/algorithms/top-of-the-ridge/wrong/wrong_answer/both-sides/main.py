# Asks on both sides of the middle, which are too many questions, and beyond the ends.
posts = int(input())


def height(post):
    print("?", post, flush=True)
    return int(input())


low, high = 1, posts
while low < high:
    middle = (low + high) // 2
    before, here, after = height(max(middle - 1, 1)), height(middle), height(middle + 1)
    if before < here > after:
        low = high = middle
    elif here < after:
        low = middle + 1
    else:
        high = middle
print("!", low, flush=True)
