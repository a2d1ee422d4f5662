# Never asks for the highest floor.
low, high = 1, int(input())
while high - low > 1:
    middle = (low + high) // 2
    print(middle, flush=True)
    answer = input()
    if answer == "found":
        break
    if answer == "higher":
        low = middle
    else:
        high = middle
else:
    print(low, flush=True)
    input()
