floors = int(input())

print(1, flush=True)
answer = input()
